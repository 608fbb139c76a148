package dev.aver.server.gateway.http;

import dev.aver.server.gateway.exchange.Exchange;
import dev.aver.server.gateway.limit.Admission;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Scope;
import dev.aver.server.service.ServiceException;
import java.util.function.Supplier;

/** Figures for those who may see them, because they tell of all accounts together. */
public final class MetricsPage {
    private final Supplier<String> text;
    private final Admission admission;
    private final boolean open;

    /**
     * These figures.
     *
     * @param open whether for all
     */
    public MetricsPage(Supplier<String> text, Admission admission, boolean open) {
        this.text = text;
        this.admission = admission;
        this.open = open;
    }

    /** The figures in Prometheus' format. */
    String read(Exchange exchange) throws ServiceException {
        admission.knock(exchange.client());
        if (!open
                && !admission
                        .identify(exchange.client(), exchange.header("authorization"))
                        .may(Scope.ADMIN)) {
            throw new ServiceException(ErrorCode.FORBIDDEN, "metrics are for administrators; see metrics.open");
        }
        return text.get();
    }
}
