package io.github.topologyxds.slices;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.topology.address.Cidr;
import java.util.List;

/**
 * Where ExternalWorkloads may be ({@code --external-workload-cidrs}). Whoever may write one can aim
 * a Service's traffic anywhere (the class of CVE-2021-25740), so that nothing is allowed until
 * somebody says what.
 */
public sealed interface AllowedAddresses {
  /** Every address; only for plans that nobody applies. */
  AllowedAddresses ALL = new Every();

  /** No address. */
  AllowedAddresses NONE = new Within(List.of());

  /**
   * Returns whether an endpoint may have this address.
   *
   * @param canonical literal, as {@link io.github.topologyxds.topology.address.IpLiteral} writes it
   */
  boolean allows(String canonical, Family family);

  /** All addresses: what {@code plan} allows by default. */
  record Every() implements AllowedAddresses {
    @Override
    public boolean allows(String canonical, Family family) {
      return true;
    }
  }

  /** The addresses of some ranges; of none, no address. */
  record Within(List<Cidr> ranges) implements AllowedAddresses {
    public Within {
      ranges = List.copyOf(ranges);
    }

    @Override
    public boolean allows(String canonical, Family family) {
      return ranges.stream().anyMatch(range -> range.contains(canonical, family));
    }
  }
}
