/** Optimizers against their formulas, and the groups of parameters that they treat differently. */
package org.oncilla.tests.optim;
