package dev.cascade.models.provider;

import dev.cascade.node.Address;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;

/** What customers ask of a provider. */
public sealed interface ProviderCall extends WireRequest {
  /** Where do all virtual addresses lead? */
  record ListRoutes(ReplyTo replyTo) implements ProviderCall {}

  /**
   * Lead this one there; answered when that is done.
   *
   * @param vip the host that stands for the virtual address
   * @param to the process that is to get its traffic
   */
  record MoveVip(String vip, Address to, ReplyTo replyTo) implements ProviderCall {
    @Override
    public String subject() {
      return vip;
    }
  }
}
