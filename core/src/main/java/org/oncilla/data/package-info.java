/** Samples to learn from: data sets, their order, and batches prepared ahead. */
package org.oncilla.data;
