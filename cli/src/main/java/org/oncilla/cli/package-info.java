/** The oncilla command. */
package org.oncilla.cli;
