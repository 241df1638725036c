"""Prints the data and figures of ClassesTests.cs: scikit-learn 1.2.1 on small random data.

Run with Debian's /usr/bin/python3 (python3-sklearn 1.2.1). The tests never run this.
"""
import numpy
import sklearn
from sklearn import metrics

assert sklearn.__version__ == "1.2.1", sklearn.__version__
rng=numpy.random.default_rng(4)
n,K=36,4
g=rng.integers(0,2,n); y=rng.choice(K,n,p=[.4,.3,.2,.1]); y[:4]=range(4); g[:4]=0; y[4:8]=range(4); g[4:8]=1
s=rng.integers(1,40,(n,K))+12*(numpy.arange(K)==y[:,None])
while any(len(set(r))<K for r in s): s=s+0; s=rng.integers(1,400,(n,K))+120*(numpy.arange(K)==y[:,None])
p=s/s.sum(1,keepdims=True); d=p.argmax(1); w=rng.integers(0,9,n)/4; w[:8]=1
def mc(r,w):
    Y,D,P=y[r],d[r],p[r]; w=None if w is None else w[r]; L=list(range(K))
    ll=metrics.log_loss(Y,P,sample_weight=w,labels=L)
    q=numpy.bincount(Y,weights=w,minlength=K); q=q/q.sum(); q=q[q>0]; H=-(q*numpy.log(q)).sum()
    return {"micro-accuracy":metrics.accuracy_score(Y,D,sample_weight=w),
    "macro-accuracy":metrics.balanced_accuracy_score(Y,D,sample_weight=w),
    "macro-f1":metrics.f1_score(Y,D,average="macro",sample_weight=w),
    "micro-f1":metrics.f1_score(Y,D,average="micro",sample_weight=w),
    "weighted-f1":metrics.f1_score(Y,D,average="weighted",sample_weight=w),
    "macro-precision":metrics.precision_score(Y,D,average="macro",zero_division=0,sample_weight=w),
    "macro-recall":metrics.recall_score(Y,D,average="macro",sample_weight=w),
    "cohen-kappa":metrics.cohen_kappa_score(Y,D,sample_weight=w),
    "matthews-correlation":metrics.matthews_corrcoef(Y,D,sample_weight=w),
    "multiclass-log-loss":ll,"log-loss-reduction":(H-ll)/H,
    "top-2-accuracy":metrics.top_k_accuracy_score(Y,P,k=2,sample_weight=w,labels=L),
    "top-3-accuracy":metrics.top_k_accuracy_score(Y,P,k=3,sample_weight=w,labels=L),
    # roc_auc_score with multi_class='ovr' takes sample_weight only where every class occurs; mean of one-vs-rest by hand
    "macro-roc-auc":numpy.mean([metrics.roc_auc_score(Y==c,P[:,c],sample_weight=w) for c in L]),}
assert abs(mc(slice(None),None)["macro-roc-auc"]-metrics.roc_auc_score(y,p,multi_class="ovr",average="macro"))<1e-12
T=(rng.random((n,K))<.35).astype(int); T[:2]=[[1,0,1,0],[0,1,0,1]]; T[2]=0; g[2]=0; T[3]=[1,1,1,1]
T[4:6]=[[1,0,1,0],[0,1,0,1]]
Q=rng.integers(0,101,(n,K)); Q=numpy.clip(Q+30*T-10,1,99); D2=(Q>=50).astype(int); Q=Q/100; D2[2]=0; Q[2]=[.1,.2,.3,.4]
def ml(r,w):
    Y,D,P=T[r],D2[r],Q[r]; w=None if w is None else w[r]
    f=lambda fn,a,**k: fn(Y,D,average=a,sample_weight=w,**k)
    return {"subset-accuracy":metrics.accuracy_score(Y,D,sample_weight=w),"hamming-loss":metrics.hamming_loss(Y,D,sample_weight=w),
    "label-micro-f1":f(metrics.f1_score,"micro"),"label-macro-f1":f(metrics.f1_score,"macro"),
    "label-micro-precision":f(metrics.precision_score,"micro"),"label-micro-recall":f(metrics.recall_score,"micro"),
    "samples-f1":f(metrics.f1_score,"samples",zero_division=1),"samples-jaccard":f(metrics.jaccard_score,"samples",zero_division=1),
    "multi-label-log-loss":numpy.mean([metrics.log_loss(Y[:,c],P[:,c],sample_weight=w,labels=[0,1]) for c in range(K)]),
    "label-ranking-average-precision":metrics.label_ranking_average_precision_score(Y,P,sample_weight=w),
    "label-macro-roc-auc":metrics.roc_auc_score(Y,P,average="macro",sample_weight=w)}
def arr(a): return "["+", ".join(str(x) for x in a)+"]"
def cols(name,f):
    A=[f(slice(None),None),f(slice(None),w),f(g==0,None),f(g==1,None)]
    print(f"    {name}")
    for k in A[0]: print(f'    [DataRow("{k}", '+", ".join(repr(float(a[k])) for a in A)+")]")
print("groups",arr(g)); print("labels",arr(y)); print("dec",arr(d)); print("scores"); 
for r in s: print(", ".join(map(str,r))+",")
print("weights",arr(w)); cols("multiclass",mc)
print("sets",); 
for r in T: print(", ".join(map(str,r))+",",end=" ")
print("\ndecided"); 
for r in D2: print(", ".join(map(str,r))+",",end=" ")
print("\npercent"); 
for r in Q: print(", ".join(str(round(x*100)) for x in r)+",",end=" ")
print(); cols("multilabel",ml)
