package org.oncilla.datasets;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.oncilla.data.ImageDataset;
import org.oncilla.tensor.Shape;

/** How files hold labelled images. */
interface ImageFormat {
  /** Of MNIST: training images, training labels, test images, test labels. */
  ImageFormat IDX = new IdxFormat();

  /** Of CIFAR-10: batches of training images, then one of test images, labels among them. */
  ImageFormat CIFAR = new CifarFormat();

  /** Those of a data set's files that hold the training images. */
  List<DataFile> trainingFiles(List<DataFile> files);

  /** Those of a data set's files that hold the test images. */
  List<DataFile> testFiles(List<DataFile> files);

  /**
   * Makes images of files.
   *
   * @param files the training files or the test files, in their order
   * @param shape of one image
   * @throws IOException if a file is not what it must be
   */
  ImageDataset parse(Map<DataFile, byte[]> files, Shape shape, int classes) throws IOException;
}
