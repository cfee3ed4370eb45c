import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node of the test cluster: folder, name, HTTP port, transport port, all nodes' transport addresses, all names. */
public class Node {
    // Without analysis-common: its Thai analyser does not start on a small runtime, and no field of ours needs it.
    private static final String MODULES = "org.opensearch.transport.Netty4ModulePlugin,"
            + "org.opensearch.geo.GeoModulePlugin,"
            + "org.opensearch.index.mapper.MapperExtrasModulePlugin,"
            + "org.opensearch.painless.PainlessModulePlugin,"
            + "org.opensearch.index.reindex.ReindexModulePlugin";

    public static void main(String[] args) throws Exception {
        String folder = args[0], name = args[1], http = args[2], transport = args[3], seeds = args[4], names = args[5];
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("node.name", name);
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", http);
            settings.put("transport.port", transport);
            settings.put("discovery.type", "zen");
            settings.putList("discovery.seed_hosts", seeds.split(","));
            settings.putList("cluster.initial_cluster_manager_nodes", names.split(","));
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false); // a scratch folder on any disk
        });
        String[] configs = OpenSearchRunner.newConfigs().basePath(folder).clusterName("tsunagu-scratch").numOfNode(1)
                .moduleTypes(MODULES).build();
        runner.build(configs);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                runner.close();
            } catch (java.io.IOException error) {
                System.err.println(error);
            }
        }));
        new CountDownLatch(1).await();
    }
}
