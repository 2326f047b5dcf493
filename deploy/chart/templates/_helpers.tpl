{{/*
One installation in a Namespace, and the same names whatever the release is called: the address stands in
every Envoy's bootstrap, and what kustomize installed can be taken over (docs/decisions/0031-chart.md).
*/}}

{{/*
Values that are not given are those of values.yaml, also in `helm upgrade --reuse-values`, where Helm knows the defaults
of the chart that was installed and not ours. Templates cannot read values.yaml: files/values.yaml is the same. Each
template begins with it.
*/}}
{{- define "topology-xds.values" -}}
{{- include "topology-xds.fill" (dict "values" .Values "defaults" (.Files.Get "files/values.yaml" | fromYaml)) -}}
{{- end -}}

{{- define "topology-xds.fill" -}}
{{- $values := .values -}}
{{- range $key, $default := .defaults -}}
{{- if not (hasKey $values $key) -}}
{{- $_ := set $values $key $default -}}
{{- else if and (kindIs "map" $default) (kindIs "map" (get $values $key)) -}}
{{- include "topology-xds.fill" (dict "values" (get $values $key) "defaults" $default) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Labels of all objects. */}}
{{- define "topology-xds.labels" -}}
app.kubernetes.io/name: topology-xds
app.kubernetes.io/component: control-plane
app.kubernetes.io/part-of: topology-xds
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* A selector can never be changed: it holds nothing that a value or a version may change. */}}
{{- define "topology-xds.selector" -}}
app.kubernetes.io/name: topology-xds
app.kubernetes.io/component: control-plane
{{- end -}}

{{/* A ClusterRole has no Namespace: its name carries the release's. */}}
{{- define "topology-xds.clusterName" -}}
topology-xds.{{ .Release.Namespace }}
{{- end -}}

{{- define "topology-xds.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "topology-xds.address" -}}
topology-xds.{{ .Release.Namespace }}.svc.{{ .Values.clusterDomain }}
{{- end -}}

{{/* The Secret with the server's certificate; empty without TLS. */}}
{{- define "topology-xds.tlsSecret" -}}
{{- if .Values.tls.secretName -}}
{{ .Values.tls.secretName }}
{{- else if .Values.tls.issuer.name -}}
topology-xds-tls
{{- end -}}
{{- end -}}

{{/* Values that are each right and make no sense together. */}}
{{- define "topology-xds.check" -}}
{{- $tls := .Values.tls -}}
{{- $ways := "name the cert-manager Issuer that signs it (--set tls.issuer.name=NAME; a ClusterIssuer also with tls.issuer.kind=ClusterIssuer), or a Secret of the namespace with tls.crt, tls.key and ca.crt (--set tls.secretName=NAME)" -}}
{{- if and $tls.issuer.name $tls.secretName -}}
{{- fail (printf "\n\ntls: both tls.issuer.name (%s) and tls.secretName (%s) are given: keep one; the issuer makes the Secret topology-xds-tls\n" $tls.issuer.name $tls.secretName) -}}
{{- end -}}
{{- if and $tls.insecure (or $tls.issuer.name $tls.secretName) -}}
{{- fail "\n\ntls.insecure: true is plain text, and tls.issuer.name or tls.secretName ask for TLS: keep one\n" -}}
{{- end -}}
{{- if and $tls.insecure $tls.clientCa.name -}}
{{- fail "\n\ntls.insecure: true is plain text, and tls.clientCa.name asks for client certificates: keep one\n" -}}
{{- end -}}
{{- if not (or $tls.insecure $tls.issuer.name $tls.secretName) -}}
{{- fail (printf "\n\ntls: the server needs a certificate: %s\n" $ways) -}}
{{- end -}}
{{- if and $tls.insecure (ne .Values.authenticate "none") -}}
{{- fail (printf "\n\ntls.insecure: true is plain text, and authenticate is %s: tokens would be read on their way; set authenticate: none, or name a certificate\n" .Values.authenticate) -}}
{{- end -}}
{{- if and $tls.clientCa.name (eq $tls.clientCertificates "none") -}}
{{- fail "\n\ntls.clientCa.name is given, and tls.clientCertificates is none: nobody would be asked for a certificate\n" -}}
{{- end -}}
{{- if and .Values.slices.externalWorkloadCidrs (not .Values.slices.enabled) -}}
{{- fail "\n\nslices.externalWorkloadCidrs is given, and slices.enabled is false: no ExternalWorkload is read\n" -}}
{{- end -}}
{{- end -}}

{{/*
What a replica has: docs/install.md says what each was measured with, or is computed for. Twice the heap
and more is the memory; what the JVM takes beside the heap are Netty's buffers (MaxDirectMemorySize),
code and classes.
*/}}
{{- define "topology-xds.sizes" -}}
small: {heap: 256m, young: 12m, buffers: 128m, cpu: 100m, memory: 512Mi}
medium: {heap: 512m, young: 12m, buffers: 256m, cpu: 250m, memory: 1Gi}
large: {heap: 1g, young: 32m, buffers: 512m, cpu: "1", memory: 2Gi}
xlarge: {heap: 2g, young: 32m, buffers: 1g, cpu: "2", memory: 4Gi}
{{- end -}}

{{/*
Read by `java` itself. Serial takes the least memory for the work, and C1 alone (TieredStopAtLevel) has a
thousand proxies back a third sooner after a restart (docs/decisions/0016); the code cache and
MetaspaceSize are thresholds of the collector (0021); what is free goes back to the system (0093).
*/}}
{{- define "topology-xds.jvmOptions" -}}
{{- $size := get (include "topology-xds.sizes" . | fromYaml) .Values.size -}}
-Xmx{{ $size.heap }} -Xms64m -Xmn{{ $size.young }} -XX:SurvivorRatio=3 -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10 -XX:-ShrinkHeapInSteps -XX:MarkSweepDeadRatio=0 -XX:MaxDirectMemorySize={{ $size.buffers }} -XX:TrimNativeHeapInterval=5000 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:MetaspaceSize=64m -XX:+ExitOnOutOfMemoryError
{{- with .Values.jvmOptions }} {{ . }}{{ end }}
{{- end -}}

{{/* As much memory asked for as may be used: when a Node is short, this Pod is not the first to go. No limit
of the CPU: a throttled control plane sends changes late. */}}
{{- define "topology-xds.resources" -}}
{{- if .Values.resources -}}
{{ toYaml .Values.resources }}
{{- else -}}
{{- $size := get (include "topology-xds.sizes" . | fromYaml) .Values.size -}}
requests:
  cpu: {{ $size.cpu | quote }}
  memory: {{ $size.memory }}
limits:
  memory: {{ $size.memory }}
{{- end -}}
{{- end -}}

{{/* Arguments of the container; a flag at its default is left out. */}}
{{- define "topology-xds.arguments" -}}
{{- $v := .Values -}}
- serve
- --kubernetes
- --listen={{ $v.bindAddress }}:18000
- --admin={{ $v.bindAddress }}:18001
{{- if $v.tls.insecure }}
# No certificate is here: whoever reaches port 18000 can read all Services and endpoints.
- --insecure
{{- else }}
- --tls-cert=/tls/tls.crt
- --tls-key=/tls/tls.key
{{- if eq $v.tls.clientCertificates "required" }}
- --client-ca={{ ternary (printf "/client-ca/%s" $v.tls.clientCa.key) "/tls/ca.crt" (ne $v.tls.clientCa.name "") }}
{{- end }}
{{- end }}
{{- if ne $v.authenticate "none" }}
- --authenticate={{ $v.authenticate }}
{{- if ne $v.audience "topology-xds" }}
- --audience={{ $v.audience }}
{{- end }}
{{- end }}
{{- if ne $v.visibleTo "*" }}
- --visible-to={{ $v.visibleTo }}
{{- end }}
{{- with $v.snapshot }}
{{- if .enabled }}
- --snapshot=/snapshot
{{- if ne .after "20s" }}
- --snapshot-after={{ .after }}
{{- end }}
{{- if ne .maxAge "1h" }}
- --snapshot-max-age={{ .maxAge }}
{{- end }}
{{- end }}
{{- end }}
{{- with $v.limits }}
{{- if ne (int64 .connectionsPerAddress) 5000 }}
- --max-connections-per-address={{ int64 .connectionsPerAddress }}
{{- end }}
{{- if ne (int64 .streamsPerAddress) 10000 }}
- --max-streams-per-address={{ int64 .streamsPerAddress }}
{{- end }}
{{- if ne (int64 .newStreamsPerAddress) 1000 }}
- --max-new-streams-per-address={{ int64 .newStreamsPerAddress }}
{{- end }}
{{- if int64 .unfinishedRequestsMib }}
- --max-unfinished-requests-mib={{ int64 .unfinishedRequestsMib }}
{{- end }}
{{- if ne (int64 .portsPerNamespace) 40000 }}
- --max-ports-per-namespace={{ int64 .portsPerNamespace }}
{{- end }}
{{- if ne (int64 .portEndpointsPerNamespace) 1000000 }}
- --max-port-endpoints-per-namespace={{ int64 .portEndpointsPerNamespace }}
{{- end }}
{{- end }}
{{- with $v.namespaces }}
- --namespaces={{ join "," . }}
{{- end }}
{{- if ne $v.preference "none" }}
- --preference={{ $v.preference }}
{{- end }}
{{- if not $v.derive }}
- --no-derive
{{- end }}
{{- if ne $v.notReady "auto" }}
- --not-ready={{ $v.notReady }}
{{- end }}
{{- if ne $v.failover "anywhere" }}
- --failover={{ $v.failover }}
{{- end }}
{{- if ne $v.balance "strict" }}
- --balance={{ $v.balance }}
{{- end }}
{{- if ne $v.overloadThreshold "20%" }}
- --overload-threshold={{ $v.overloadThreshold }}
{{- end }}
{{- if ne $v.demand "nodes" }}
- --demand={{ include "topology-xds.demand" $ }}
{{- end }}
{{- if ne $v.pushInterval "100ms" }}
- --push-interval={{ $v.pushInterval }}
{{- end }}
{{- if ne $v.clusterDomain "cluster.local" }}
- --cluster-domain={{ $v.clusterDomain }}
{{- end }}
{{- with $v.serviceCidrs }}
- --service-cidrs={{ join "," . }}
{{- end }}
{{- with $v.dnsResolvers }}
- --dns-resolvers={{ join "," . }}
{{- end }}
{{- if ne $v.loadReportInterval "60s" }}
- --load-report-interval={{ $v.loadReportInterval }}
{{- end }}
{{- if ne (int64 $v.maxPortsPerService) 1000 }}
- --max-ports-per-service={{ int64 $v.maxPortsPerService }}
{{- end }}
{{- if ne (int64 $v.maxPortEndpointsPerService) 200000 }}
- --max-port-endpoints-per-service={{ int64 $v.maxPortEndpointsPerService }}
{{- end }}
{{- with $v.slices }}
{{- if .enabled }}
- --manage-slices
- --lease-namespace={{ $.Release.Namespace }}
- --lease-name={{ .leaseName }}
{{- if ne .managedBy "topology-xds-controller" }}
- --managed-by={{ .managedBy }}
{{- end }}
{{- if ne (int64 .maxEndpointsPerSlice) 100 }}
- --max-endpoints-per-slice={{ int64 .maxEndpointsPerSlice }}
{{- end }}
{{- with .externalWorkloadCidrs }}
- --external-workload-cidrs={{ join "," . }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- /* --demand: one replica has nobody to tell, and writes nothing. */ -}}
{{- define "topology-xds.demand" -}}
{{- if eq .Values.demand "nodes" -}}
nodes
{{- else if gt (int64 .Values.replicas) 1 -}}
shared
{{- else -}}
own
{{- end -}}
{{- end -}}
