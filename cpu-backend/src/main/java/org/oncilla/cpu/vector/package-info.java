/** What uses the Vector API; loaded only where the JVM has jdk.incubator.vector. */
package org.oncilla.cpu.vector;
