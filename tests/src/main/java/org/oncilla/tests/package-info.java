/** What every backend is held to. */
package org.oncilla.tests;
