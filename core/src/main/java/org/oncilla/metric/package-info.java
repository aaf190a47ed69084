/** Metrics: figures that tell how good a model is. */
package org.oncilla.metric;
