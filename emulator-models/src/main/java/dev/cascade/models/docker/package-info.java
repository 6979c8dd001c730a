/**
 * A Docker daemon as of 1.9 and 1.10, its containers and images, its command line, and a registry
 * that it pulls from. Containers are programs; a container's file system lives until the container
 * is removed. It leaves out networks (a container listens at its host, under its own name), exec,
 * stats, and containers that the daemon restarts by itself.
 */
@NullMarked
package dev.cascade.models.docker;

import org.jspecify.annotations.NullMarked;
