/**
 * What runs on a machine, whoever runs it: programs, what they may do to the one who started them,
 * and what they ask of the init system. A program knows neither systemd nor docker.
 */
@NullMarked
package dev.cascade.models.machine;

import org.jspecify.annotations.NullMarked;
