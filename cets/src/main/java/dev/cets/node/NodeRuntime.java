package dev.cets.node;

import dev.cets.replication.Settings;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import dev.cets.table.LocalTable;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** stub */
@SuppressWarnings("DoNotCallSuggester")
public final class NodeRuntime {
  public String name() {
    throw new UnsupportedOperationException();
  }

  public @Nullable NodeAddress address() {
    throw new UnsupportedOperationException();
  }

  public void connect(NodeAddress address) {
    throw new UnsupportedOperationException();
  }

  public List<LocalTable<?, ?>> tables() {
    throw new UnsupportedOperationException();
  }

  public void close() {}

  /** stub */
  public static final class Config {
    public Config(String name) {
      throw new UnsupportedOperationException(name);
    }

    public void cluster(String cluster) {}

    public void transport(Transport transport) {}

    public void discovery(Discovery discovery) {}

    public void settings(UnaryOperator<Settings> change) {}

    public void callbackExecutor(Executor executor) {}
  }
}
