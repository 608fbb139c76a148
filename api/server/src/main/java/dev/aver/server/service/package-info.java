/**
 * What the proving server does, whatever it is reached by: {@link dev.aver.server.service.ProvingService}, and for
 * administrators {@link dev.aver.server.service.Administration}, under both gRPC and REST, their values, and their one
 * exception. Nothing here knows a transport or a database.
 */
@NullMarked
package dev.aver.server.service;

import org.jspecify.annotations.NullMarked;
