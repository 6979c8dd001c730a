package dev.cascade.models.docker;

import dev.cascade.models.machine.Program;
import dev.cascade.node.Address;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a name of an image stands for.
 *
 * @param program what it runs, given the container's name
 * @param registry where it is pulled from
 * @param idleLine between two lines that its program logs when nothing happens; null if it is quiet
 */
public record Image(
    Function<String, Program> program, Address registry, @Nullable Duration idleLine) {}
