/** The backend that computes with Java threads. */
package org.oncilla.cpu;
