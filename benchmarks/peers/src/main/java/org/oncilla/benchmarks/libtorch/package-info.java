/** The workloads on libtorch, the C++ library of PyTorch, through JavaCPP. */
package org.oncilla.benchmarks.libtorch;
