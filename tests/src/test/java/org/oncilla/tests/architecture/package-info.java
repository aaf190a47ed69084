/** The layers of docs/architecture.md as rules that the compiled classes are held to. */
package org.oncilla.tests.architecture;
