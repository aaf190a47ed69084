/** Programs that use the library as anyone would; {@code bin/example} runs them by name. */
package org.oncilla.examples;
