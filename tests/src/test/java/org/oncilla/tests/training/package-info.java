/** Whole trainings: what users do, on every backend. */
package org.oncilla.tests.training;
