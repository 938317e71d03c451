package dev.cets.server.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The sample data: places of the world, one JSON object a line. See its README for the source. */
final class SamplePlaces {
  private SamplePlaces() {}

  static byte[] jsonLines() throws DemoFailure {
    try (InputStream in = SamplePlaces.class.getResourceAsStream("places.jsonl.gz")) {
      if (in == null) {
        throw new DemoFailure("the sample data is missing in this build");
      }
      try (InputStream plain = new GZIPInputStream(in)) {
        return plain.readAllBytes();
      }
    } catch (IOException e) {
      throw new DemoFailure("the sample data cannot be read: " + e.getMessage());
    }
  }
}
