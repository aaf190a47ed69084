/**
 * What every backend is held to: the same generated calls of every kernel on every backend, judged
 * by the reference backend.
 */
package org.oncilla.tests.conformance;
