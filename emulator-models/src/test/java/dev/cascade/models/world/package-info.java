/** Small worlds for the tests of models: the engine without scenario, properties or files. */
@NullMarked
package dev.cascade.models.world;

import org.jspecify.annotations.NullMarked;
