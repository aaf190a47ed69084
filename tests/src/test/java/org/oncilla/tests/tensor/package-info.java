/**
 * Tests of the Tensor API: what operations compute, their gradients, their memory and their errors.
 *
 * <p>Each operation is written down once as {@link org.oncilla.tests.tensor.OperationCase}s, with
 * generated inputs and with a formula that uses nothing but Java arithmetic. The tests then ask of
 * every case that its values are the formula's, that its gradients are central differences, that
 * all backends agree and that nothing leaks, even when memory runs out halfway.
 */
package org.oncilla.tests.tensor;
