/** Models that the command knows by name. */
package org.oncilla.cli.zoo;
