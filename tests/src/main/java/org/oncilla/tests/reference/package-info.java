/**
 * The reference backend: every kernel of the contract as plain loops in double precision, straight
 * from its definition. It is the judge of the other backends and what gradients are checked on, so
 * it favours being obviously right over being fast.
 */
package org.oncilla.tests.reference;
