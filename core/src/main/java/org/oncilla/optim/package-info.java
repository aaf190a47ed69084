/** Optimizers: how weights follow their gradients. */
package org.oncilla.optim;
