/** Files read with suspicion and written whole: what data sets and checkpoints both stand on. */
package org.oncilla.file;
