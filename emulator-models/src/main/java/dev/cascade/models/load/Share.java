package dev.cascade.models.load;

/**
 * What part of a load falls to one of its hosts.
 *
 * @param host its number, from 0
 * @param hosts how many share the load
 */
record Share(int host, int hosts) {
  /** Virtual users on this host: those that do not divide evenly go to the first hosts. */
  int users(LoadConfig config) {
    int all = config.vus() == null ? 0 : config.vus();
    return all / hosts + (host < all % hosts ? 1 : 0);
  }
}
