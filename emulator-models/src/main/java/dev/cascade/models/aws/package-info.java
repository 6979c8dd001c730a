/** Amazon's application load balancers, with their health checks, and Auto Scaling groups. */
@NullMarked
package dev.cascade.models.aws;

import org.jspecify.annotations.NullMarked;
