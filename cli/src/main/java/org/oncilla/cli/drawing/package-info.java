/** Pictures of what is inside a network: colours, sheets of tiles, confusion matrices. */
package org.oncilla.cli.drawing;
