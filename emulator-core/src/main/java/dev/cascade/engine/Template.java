package dev.cascade.engine;

import dev.cascade.node.Boot;
import dev.cascade.node.HostSpec;
import java.util.function.Consumer;

/** How the hosts of one kind boot. */
record Template(HostSpec spec, Consumer<Boot> boot) {}
