package dev.cets.jgroups;

import org.jgroups.logging.Log;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For JGroups' sockets. That one ends, or cannot be written to any more, is no news: the transport
 * tells it in its own way. So all of it is for those who look for a fault.
 */
final class QuietLog implements Log {
  private static final Logger log = LoggerFactory.getLogger("dev.cets.jgroups.sockets");

  private static void put(String pattern, Object[] values) {
    if (log.isDebugEnabled()) {
      log.debug("{}", text(pattern, values));
    }
  }

  /** JGroups' messages are made as by String.format. */
  private static String text(String pattern, Object[] values) {
    return String.format(pattern, values);
  }

  private static void putThrown(String message, Throwable thrown) {
    log.debug(message, thrown);
  }

  @Override
  public boolean isFatalEnabled() {
    return log.isDebugEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return log.isDebugEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return log.isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return log.isDebugEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return log.isDebugEnabled();
  }

  @Override
  public boolean isTraceEnabled() {
    return log.isTraceEnabled();
  }

  @Override
  public void fatal(String message) {
    log.debug(message);
  }

  @Override
  public void fatal(String format, Object... values) {
    put(format, values);
  }

  @Override
  public void fatal(String message, Throwable thrown) {
    putThrown(message, thrown);
  }

  @Override
  public void error(String message) {
    log.debug(message);
  }

  @Override
  public void error(String format, Object... values) {
    put(format, values);
  }

  @Override
  public void error(String message, Throwable thrown) {
    putThrown(message, thrown);
  }

  @Override
  public void warn(String message) {
    log.debug(message);
  }

  @Override
  public void warn(String format, Object... values) {
    put(format, values);
  }

  @Override
  public void warn(String message, Throwable thrown) {
    putThrown(message, thrown);
  }

  @Override
  public void info(String message) {
    log.debug(message);
  }

  @Override
  public void info(String format, Object... values) {
    put(format, values);
  }

  @Override
  public void debug(String message) {
    log.debug(message);
  }

  @Override
  public void debug(String format, Object... values) {
    put(format, values);
  }

  @Override
  public void debug(String message, Throwable thrown) {
    putThrown(message, thrown);
  }

  @Override
  public void trace(Object message) {
    log.trace("{}", message);
  }

  @Override
  public void trace(String message) {
    log.trace("{}", message);
  }

  @Override
  public void trace(String pattern, Object... values) {
    if (log.isTraceEnabled()) {
      log.trace("{}", text(pattern, values));
    }
  }

  @Override
  public void trace(String message, Throwable thrown) {
    log.trace(message, thrown);
  }

  @Override
  public void setLevel(String level) {
    throw new UnsupportedOperationException("the level is a matter of the log's configuration");
  }

  @Override
  public String getLevel() {
    return log.isTraceEnabled() ? "trace" : log.isDebugEnabled() ? "debug" : "fatal";
  }
}
