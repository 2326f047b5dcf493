#!/bin/sh
# Makes generated.json and recipe.yaml: generate.sh CONTOUR GENERATE, two programs that README.md tells of. Needs yq.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
recipe=$here/../../../../../../docs/examples/gateways/contour.yaml
root=$(mktemp -d)
mkdir "$root/config" "$root/certs" "$root/topology-xds"
for file in ca.crt tls.crt tls.key; do echo "not read here" > "$root/certs/$file"; done

# As the Pod's init containers do it, but for where the volumes are.
CONTOUR_NAMESPACE=projectcontour "$1" bootstrap "$root/config/envoy.json" --xds-address=contour --xds-port=8001 \
  --xds-resource-version=v3 --resources-dir="$root/config/resources" --envoy-cafile="$root/certs/ca.crt" \
  --envoy-cert-file="$root/certs/tls.crt" --envoy-key-file="$root/certs/tls.key"
yq 'select(.kind == "ConfigMap") | .data["xds-router.yaml"]' "$recipe" > "$root/topology-xds/xds-router.yaml"
script=$(yq 'select(.kind == "DaemonSet") | .spec.template.spec.initContainers[] | select(.name == "topology-xds") | .command[2]' \
  "$recipe" | sed "s#/config/#$root/config/#g; s#/topology-xds/#$root/topology-xds/#g")
NODE_NAME='$(NODE_NAME)' sh -ec "$script"

INPUT=$here/input.yaml OUTPUT=$root/xds.json "$2" -test.run '^TestGenerate$'
ROOT=$root yq -o json -I 4 '
  .bootstrap = load(strenv(ROOT) + "/config/envoy.json") |
  .router = load(strenv(ROOT) + "/config/xds-router.json") |
  .certificate = load(strenv(ROOT) + "/config/resources/sds/xds-tls-certificate.json") |
  .authority = load(strenv(ROOT) + "/config/resources/sds/xds-validation-context.json")' "$root/xds.json" | sed "s#$root##g" > "$here/generated.json"
cp "$recipe" "$here/recipe.yaml"
rm -r "$root"
