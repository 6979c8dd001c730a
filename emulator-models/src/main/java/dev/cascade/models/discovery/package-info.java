/** How clients learn where an entry serves: at boot, and by messages while hosts come and go. */
@NullMarked
package dev.cascade.models.discovery;

import org.jspecify.annotations.NullMarked;
