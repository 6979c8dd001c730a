/** Models that do what models must not; read by ArchitectureTest, run by nobody. */
package dev.cascade.models.trespass;
