/** What the playground is made of: points in a plane, and a picture of what a net makes of them. */
package org.oncilla.examples.playground;
