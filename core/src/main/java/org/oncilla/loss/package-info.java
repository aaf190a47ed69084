/** Losses: what training minimizes. */
package org.oncilla.loss;
