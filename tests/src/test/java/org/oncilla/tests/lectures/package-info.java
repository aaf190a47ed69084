/**
 * A first course on neural networks as programs: every figure that is worked out by hand there, and
 * every thing it names. They are written to be read as examples; docs/lectures.md lists them.
 */
package org.oncilla.tests.lectures;
