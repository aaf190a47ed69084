/** The training loop and what it reports. */
package org.oncilla.train;
