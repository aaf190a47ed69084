/** Every layer of the library, by itself: values, gradients, saving, and what it refuses. */
package org.oncilla.tests.nn;
