/** The backend that computes on OpenCL devices. */
package org.oncilla.opencl;
