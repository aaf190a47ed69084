/** Checkpoints: models and the state of their training as plain data, ready for a file. */
package org.oncilla.io;
