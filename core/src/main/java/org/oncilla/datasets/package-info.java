/** Published data sets by name, and where their files are looked for. */
package org.oncilla.datasets;
