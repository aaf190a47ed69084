/** Layers and their composition: parameters, initial weights, summaries. */
package org.oncilla.nn;
