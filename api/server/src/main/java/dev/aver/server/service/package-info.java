/**
 * What the proving server does, whatever it is reached by: one interface,
 * {@link dev.aver.server.service.ProvingService}, under both gRPC and REST, its values, and its one exception. Nothing
 * here knows a transport or a database.
 */
@NullMarked
package dev.aver.server.service;

import org.jspecify.annotations.NullMarked;
