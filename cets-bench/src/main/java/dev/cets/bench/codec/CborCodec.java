package dev.cets.bench.codec;

import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.cbor.CBORMapper;

/** CBOR (RFC 8949) by Jackson. */
final class CborCodec<T> implements RecordCodec<T> {
  private final ObjectWriter writer;
  private final ObjectReader reader;

  CborCodec(Class<T> type) {
    CBORMapper mapper = new CBORMapper();
    writer = mapper.writerFor(type);
    reader = mapper.readerFor(type);
  }

  @Override
  public byte[] encode(T value) {
    return writer.writeValueAsBytes(value);
  }

  @Override
  public T decode(byte[] bytes) {
    return reader.readValue(bytes);
  }
}
