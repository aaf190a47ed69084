/** Files that need a library to be read or written. */
package org.oncilla.formats;
