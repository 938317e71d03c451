package dev.cets.spring;

import dev.cets.CetsNode;

/** A bean that changes how the node is made, after the properties and before its start. */
@FunctionalInterface
public interface CetsNodeCustomizer {
  /** Sets what no property sets, or sets it anew. */
  void customize(CetsNode.Builder node);
}
