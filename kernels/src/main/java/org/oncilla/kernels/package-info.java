/** The OpenCL C sources, one file per kernel family, and the way to find them. */
package org.oncilla.kernels;
