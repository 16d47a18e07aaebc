package dev.heaplight.spark;

import java.io.Serializable;

/**
 * A part of a recording on its way to the driver.
 *
 * @param executor where it comes from
 * @param file name of the file
 * @param offset where the part belongs, in bytes; parts come in order
 * @param bytes the part
 * @param last whether the file ends with it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RecordingPart(String executor, String file, long offset, byte[] bytes, boolean last)
    implements Serializable {}
