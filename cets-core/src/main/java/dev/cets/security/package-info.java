/** What a transport needs to let in none but its own cluster: certificates and a secret. */
@NullMarked
package dev.cets.security;

import org.jspecify.annotations.NullMarked;
