/** Core classes that do what core must not; read by ArchitectureTest, run by nobody. */
package dev.cascade.trespass;
