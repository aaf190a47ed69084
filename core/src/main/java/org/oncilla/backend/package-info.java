/** The contract between the library and what computes for it. */
package org.oncilla.backend;
