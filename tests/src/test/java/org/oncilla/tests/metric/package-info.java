/** Metrics against counts by the definition, published examples, and what they refuse. */
package org.oncilla.tests.metric;
